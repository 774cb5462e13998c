"""The form of the sign-in example: one field of every kind."""

from django import forms

from portal.style.examples.words import both


class GateForm(forms.Form):
    """Refuses whatever is typed, so that a refused form can be looked at."""

    school = forms.CharField(label=both("学校", "University"), initial=both("海河理工大学", "Haihe University of Technology"))
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
        label=both("这是我一个人用的电脑，30天内不再问", "Only I use this computer, do not ask for 30 days"), required=False
    )

    def clean(self) -> dict[str, object]:
        """Always refused."""
        raise forms.ValidationError(both("号码和密码对不上。", "Number and password do not go together."))
