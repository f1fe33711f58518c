"""Forms of the production calendar and of the plan of reminders."""

from __future__ import annotations

from typing import Any

from django import forms

from schools.forms import DayField
from schools.models import ReminderPlan
from schools.production import FIRST_YEAR, LAST_YEAR


class YearDayField(DayField):
    """A day of the years the calendar knows."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                f"Год {day.year} — опечатка? Календарь ведётся с {FIRST_YEAR} по {LAST_YEAR} год."
            )
        return day


class CalendarDayForm(forms.Form):
    KINDS = (("off", "выходной"), ("work", "рабочий"))
    day = YearDayField(label="День")
    kind = forms.ChoiceField(label="Считать", choices=KINDS)
    name = forms.CharField(label="Почему", max_length=120, required=False)


class TransferForm(forms.Form):
    source = YearDayField(label="С какого дня")
    target = YearDayField(label="На какой день")


class PlanForm(forms.ModelForm):
    class Meta:
        model = ReminderPlan
        fields = (
            *("days_before", "on_day", "days_after", "weeks", "digest_time"),
            *("checker_days", "deputy_days", "head_days"),
            *("briefing", "briefing_day", "briefing_time", "summary", "summary_day", "secretary_days"),
        )
        widgets = {  # noqa: RUF012
            "digest_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "briefing_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {  # noqa: RUF012
            "days_before": "Через запятую, например: 7, 3, 1.",
            "days_after": "Через запятую. Дальше напоминания идут раз в неделю.",
            "weeks": "Потом напоминания прекращаются, поручение остаётся просроченным. 0 — не напоминать каждую неделю.",
            "digest_time": "По часовому поясу того, кто получает. Одно письмо в день.",
            "checker_days": "0 — не сообщать.",
            "deputy_days": "0 — не сообщать.",
            "head_days": "0 — не сообщать.",
            "secretary_days": "Через столько дней после заседания и дальше раз в неделю. 0 — не напоминать.",
        }

    SECTIONS = (
        ("Школе", ("days_before", "on_day", "days_after", "weeks", "digest_time")),
        ("Управлению о просрочке", ("checker_days", "deputy_days", "head_days")),
        (
            "Еженедельно",
            ("briefing", "briefing_day", "briefing_time", "summary", "summary_day"),
        ),
        ("Секретарю", ("secretary_days",)),
    )

    def sections(self) -> list[tuple[str, list[Any]]]:
        """The fields under the headings of the page."""
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("checker_days", "deputy_days", "head_days", "secretary_days"):
            if (data.get(name) or 0) > 365:
                self.add_error(name, "Не больше 365 дней.")
        if (data.get("weeks") or 0) > 52:
            self.add_error("weeks", "Напоминать можно не дольше 52 недель.")
        steps = [data.get(name) or 0 for name in ("checker_days", "deputy_days", "head_days")]
        named = [step for step in steps if step]
        if named != sorted(named):
            self.add_error(None, "Сначала проверяющий, потом заместитель, потом начальник: дни должны расти.")
        return data
