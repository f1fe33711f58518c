"""Addresses of the life of tasks: extensions, explanations, participants, parts inside a school, handing over."""

from django.urls import path

from decisions.views import extensions, life

urlpatterns = [
    path("extensions/", extensions.extension_list, name="extension_list"),
    path("extensions/ask/", extensions.extension_ask, name="extension_ask"),
    path("extensions/decide/", extensions.extensions_decide, name="extensions_decide"),
    path("extensions/<int:pk>/drop/", extensions.extension_drop, name="extension_drop"),
    path("tasks/move/", extensions.dates_move, name="dates_move"),
    path("tasks/acknowledge/", life.tasks_acknowledge, name="tasks_acknowledge"),
    path("tasks/cancel/", life.tasks_cancel, name="tasks_cancel"),
    path("tasks/<int:pk>/seen/", life.task_seen, name="task_seen"),
    path("tasks/<int:pk>/explain/", life.task_explain, name="task_explain"),
    path("tasks/<int:pk>/reopen/", life.task_reopen, name="task_reopen"),
    path("tasks/<int:pk>/parts/add/", life.subtask_add, name="subtask_add"),
    path("parts/<int:pk>/mark/", life.subtask_mark, name="subtask_mark"),
    path("parts/<int:pk>/remove/", life.subtask_remove, name="subtask_remove"),
    path("co-executors/<int:pk>/", life.part_save, name="part_save"),
    path("co-executor-files/<int:pk>/", life.part_file, name="part_file"),
    path("clauses/<int:pk>/execution/", life.clause_execution, name="clause_execution"),
    path("organizations/<int:pk>/tasks/", life.organization_tasks, name="organization_tasks"),
    path("organizations/<int:pk>/hand-over/", life.tasks_hand_over, name="tasks_hand_over"),
]
