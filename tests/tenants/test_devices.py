"""People read the name of their browser, not the words it sends."""

import pytest

from tenants.devices import device_name

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
ANDROID = "Mozilla/5.0 (Linux; Android 14; 2311) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (WINDOWS, "Chrome · Windows"),
        (f"{WINDOWS} Edg/126.0", "Edge · Windows"),
        (f"{PHONE} Safari/604.1", "Safari · iPhone"),
        (f"{PHONE} MicroMessenger/8.0.49", "WeChat · iPhone"),
        (f"{ANDROID} wxwork/4.1 MicroMessenger/7.0.1", "WeCom · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox · macOS"),
        ("Mozilla/5.0 (X11; Linux x86_64) <b>", "Linux"),
        ("curl/8", "其他设备"),
        ("", "其他设备"),
    ],
)
def test_a_name_of_browser_and_system(agent, name):
    assert device_name(agent) == name
