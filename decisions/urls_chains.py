"""Addresses of chains: tasks of the office, its own order from them, execution rolled up."""

from django.urls import path

from decisions.views import chains, duties, events, links, standing

urlpatterns = [
    path("tasks/to-us/", chains.office_task_list, name="office_task_list"),
    path("tasks/<int:pk>/order/", chains.chain_order, name="chain_order"),
    path("events/", events.event_list, name="event_list"),
    path("clauses/<int:pk>/event/", events.event_settle, name="event_settle"),
    path("tasks/standing/", standing.standing_answer, name="standing_answer"),
    path("duties/", duties.duty_list, name="duty_list"),
    path("duties/<int:pk>/end/", duties.duty_end, name="duty_end"),
    path("documents/<int:pk>/links/", links.document_links, name="document_links"),
    path("documents/<int:pk>/pursuance/", links.pursuance_settle, name="pursuance_settle"),
    path("clauses/<int:pk>/amendment/", links.amendment_settle, name="amendment_settle"),
    path("documents/<int:pk>/chain/", chains.chain_detail, name="chain_detail"),
]
