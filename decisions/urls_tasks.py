"""Addresses of tasks, answers and the matrix."""

from django.urls import path

from decisions.views import annexes, answers, briefing, judging, matrix, tasks, uploads

urlpatterns = [
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/on-paper/", judging.tasks_on_paper, name="tasks_on_paper"),
    path("tasks/withdraw/", judging.tasks_withdraw, name="tasks_withdraw"),
    path("tasks/remind/", briefing.tasks_nudge, name="tasks_nudge"),
    path("briefing/", briefing.briefing, name="briefing"),
    path("tasks/<int:pk>/", tasks.task_detail, name="task_detail"),
    path("tasks/<int:pk>/decline/", answers.task_decline, name="task_decline"),
    path("tasks/<int:pk>/not-ours/", judging.not_ours_judge, name="not_ours_judge"),
    path("documents/<int:pk>/answer/", answers.answer_create, name="answer_create"),
    path("documents/<int:pk>/answer/photos/", uploads.photos_add, name="photos_add"),
    path("documents/<int:pk>/answer/files/<int:file_pk>/remove/", answers.file_remove, name="file_remove"),
    path("documents/<int:pk>/answer/uploads/", uploads.upload_create, name="upload_create"),
    path("documents/<int:pk>/answer/uploads/<str:key>/", uploads.upload_piece, name="upload_piece"),
    path("documents/<int:pk>/matrix.xlsx", matrix.matrix_xlsx, name="matrix_xlsx"),
    path("documents/<int:pk>/matrix/", matrix.matrix_detail, name="matrix_detail"),
    path("documents/<int:pk>/matrix/print/", matrix.matrix_print, name="matrix_print"),
    path("documents/<int:pk>/chat/", tasks.task_chat, name="task_chat"),
    path("documents/<int:pk>/annexes/add/", annexes.annex_add, name="annex_add"),
    path("annexes/<int:pk>/remove/", annexes.annex_remove, name="annex_remove"),
    path("answers/", judging.answer_list, name="answer_list"),
    path("answers/judge/", judging.answers_judge, name="answers_judge"),
    path("answers/<int:pk>/recall/", answers.answer_recall, name="answer_recall"),
    path("answer-files/<int:pk>/", judging.report_file, name="report_file"),
    path("clause-files/<int:pk>/", annexes.clause_file, name="clause_file"),
]
