"""The form of the sign-in example: one field of every kind."""

# Chinese text: invented content of the example pages.

from django import forms

from portal.style.examples.words import both


class GateForm(forms.Form):
    """Refuses whatever is typed, so that a refused form can be looked at."""

    school = forms.CharField(
        label=both("学校", "University"), initial=both("海河理工大学", "Haihe University of Technology")
    )
    phone = forms.CharField(
        label=both("手机号", "Telephone"),
        help_text=both("写上你登记过的号码", "the one we have on file"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "numeric"}),
    )
    how = forms.ChoiceField(
        label=both("怎么证明是你", "How to prove it is you"),
        choices=[("code", both("短信验证码", "Code by message")), ("pass", both("密码", "Password"))],
        widget=forms.RadioSelect,
        initial="pass",
    )
    password = forms.CharField(
        label=both("密码", "Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    keep = forms.BooleanField(
        label=both("这是我一个人用的电脑，30天内不再问", "Only I use this computer, do not ask for 30 days"),
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """Always refused."""
        raise forms.ValidationError(both("号码和密码对不上。", "Number and password do not go together."))


class PartsForm(forms.Form):
    """One field of every kind, for the style page."""

    gas = forms.DecimalField(label=both("天然气", "Natural gas"), localize=False, widget=forms.TextInput)
    kind = forms.ChoiceField(
        label=both("学校类型", "Kind of university"),
        choices=[("", both("请选", "Please choose")), ("b", both("本科", "Degree")), ("z", both("高职", "Vocational"))],
        required=False,
    )
    note = forms.CharField(
        label=both("说明几句", "A few words"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=both("审核人会看到", "the reviewer sees them"),
    )
    on = forms.DateField(label=both("读表日", "Day of reading"), widget=forms.DateInput(attrs={"type": "date"}))
    how = forms.ChoiceField(
        label=both("公布方式", "Disclosure"),
        choices=[("named", both("具名", "named")), ("quiet", both("匿名", "anonymous"))],
        widget=forms.RadioSelect,
    )
    rooms = forms.MultipleChoiceField(
        label=both("抄送", "Copy to"),
        choices=[("energy", both("能专会", "Energy")), ("house", both("房专会", "Housing"))],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label=both("我核对过楼栋档案", "I have checked the buildings on file"))
    paper = forms.FileField(label=both("工作簿", "Workbook"), help_text=both("xlsx，5 MB以内", "xlsx, up to 5 MB"))
