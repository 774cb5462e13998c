"""The contact check 学校联系信息核对: five items and the stamped sheet, asked every month by the secretariat (S9-98)."""

# Chinese text: the form carries both languages.
from committees.filings.kinds import Kind, register_kind
from committees.filings.schema import Answers, Form, Indicator, Named, Section

CONTACT_CHECK = "contact-check"

FORM_2026 = Form(
    code=CONTACT_CHECK,
    version="2026",
    name=Named("学校联系信息核对表", "Contact sheet of a university"),
    period_kind="month",
    valid_from="2026-01-01",
    source=Named("协会日常联络工作需要", "For the association's daily liaison"),
    sections=(
        Section("contact", Named("联系信息", "Contact"), (
            Indicator("head_name", Named("后勤负责人", "Head of logistics"), "", required=True, answers=Answers.TEXT),
            Indicator(
                "office_phone", Named("办公电话", "Office telephone"), "", required=True, answers=Answers.PHONE,
                hint=Named("带区号，如022-23456789", "With the area code, as in 022-23456789"),
            ),
            Indicator("email", Named("工作邮箱", "Work mail address"), "", required=True, answers=Answers.EMAIL),
            Indicator(
                "duty_phone", Named("24小时值班电话", "Telephone on duty, day and night"), "", required=True,
                answers=Answers.PHONE,
            ),
            Indicator(
                "staff", Named("后勤在岗人数", "Logistics staff at work"), "人", required=True, decimals=0,
                hint=Named("含合同制，不含外包企业人员", "With staff on contract, without contractors' people"),
            ),
            Indicator(
                "sheet", Named("盖章联系表", "Stamped contact sheet"), "", required=True, answers=Answers.FILE,
                hint=Named("盖章后扫描成PDF", "Scanned as a PDF after stamping"),
            ),
        )),
    ),
)  # fmt: skip


def register() -> None:
    """Offer the kind to the filing room."""
    register_kind(
        Kind(
            code=CONTACT_CHECK, committee="secretariat", name=Named("学校联系信息核对", "Contact check"),
            forms=(CONTACT_CHECK,), shipped=(FORM_2026,), personal=True,
        )
    )  # fmt: skip
