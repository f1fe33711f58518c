"""Curators, mentors, risks and roadmaps, visits, interviews."""

from mentoring.models.care import CareMessage, Curatorship, OfferAnswer
from mentoring.models.mentors import Mentorship, NeedOfSchool
from mentoring.models.risks import Risk, RiskKind, RiskProfile, RoadmapEvent, RoadmapStep
from mentoring.models.talks import Interview, InterviewAdvice, InterviewAnswer, Questionnaire, QuestionnaireVersion
from mentoring.models.visits import Agreement, Visit, VisitFile

__all__ = [
    "Agreement",
    "CareMessage",
    "Curatorship",
    "Interview",
    "InterviewAdvice",
    "InterviewAnswer",
    "Mentorship",
    "NeedOfSchool",
    "OfferAnswer",
    "Questionnaire",
    "QuestionnaireVersion",
    "Risk",
    "RiskKind",
    "RiskProfile",
    "RoadmapEvent",
    "RoadmapStep",
    "Visit",
    "VisitFile",
]
