"""Sixty texts that try to become a part of a page. Each carries the mark `hqx` where it would live."""

PAYLOADS = (
    "<script hqx>hqx()</script>", "<ScRiPt hqx>hqx()</sCrIpT>", "</script><script hqx>hqx()</script>",
    "</title><script hqx>hqx()</script>", "</textarea><b hqx>", "</select><b hqx>", "</style><b hqx>",
    "</noscript><b hqx>", "</template><b hqx>", "--><b hqx>", "]]><b hqx>", "<b hqx>", "<hqx>", "<hqx/x>",
    '"><b hqx>', "'><b hqx>", "><b hqx>", '" hqx="', "' hqx='", " hqx ", '" onfocus=hqx() autofocus hqx="',
    "' onmouseover=hqx() hqx='", "x onerror=hqx() hqx", "<img src=x onerror=hqx() hqx>", "<img/src/onerror=hqx()>",
    "<svg onload=hqx() hqx>", "<svg/onload=hqx()>", "<svg><script hqx>hqx()</script>", "<svg><animate onbegin=hqx()>",
    "<math><mi xlink:href=javascript:hqx()>", "<body onload=hqx()>", "<iframe src=javascript:hqx()>",
    "<iframe srcdoc='<b hqx>'>", "<object data=javascript:hqx()>", "<embed src=javascript:hqx()>",
    "<a href=javascript:hqx()>hqx</a>", "javascript:hqx()", "JaVaScRiPt:hqx()", " javascript:hqx()",
    "java\tscript:hqx()", "data:text/html,<b hqx>", "vbscript:hqx()", "<form action=javascript:hqx()>",
    "<button formaction=javascript:hqx()>", "<base href=//hqx.test/>", "<link rel=import href=//hqx.test>",
    "<meta http-equiv=refresh content=0;url=//hqx.test>", "<style>*{background:url(//hqx.test)}</style>",
    "<p style=background:url(//hqx.test) hqx>", "<details open ontoggle=hqx()>", "<video><source onerror=hqx()>",
    "<input autofocus onfocus=hqx()>", "<marquee onstart=hqx()>", "{{hqx}}<b hqx>", "{% hqx %}<b hqx>", "${hqx}<b hqx>",
    "&lt;b hqx&gt;<b hqx>", "&#60;b hqx&#62;", "%3Cb%20hqx%3E", "\\u003cb hqx\\u003e", "＜b hqx＞", "+ADw-b hqx+AD4-",
    "<div hx-get=/hqx hx-trigger=load>", '" hx-on::load="hqx()', "<b hx-vals='js:{a:hqx()}' hqx>",
)  # fmt: skip

#: Runs in Chromium on a parsed, never shown document: everything in it that is live and not ours.
FIND_LIVE = """
pages => pages.map(([text, isMail]) => {
  const page = new DOMParser().parseFromString(text, 'text/html'), found = [];
  const say = e => found.push(e.outerHTML.slice(0, 160));
  for (const e of page.querySelectorAll('hqx, [hqx], iframe:not([sandbox]), object, embed, base, marquee,' +
      ' meta[http-equiv=refresh], style, foreignObject, animate,' +
      ' script:not([src]):not([type="application/json"]):not([type="application/ld+json"])'))
    say(e);
  for (const e of page.querySelectorAll('*')) for (const a of e.attributes) {
    const value = a.value.replace(/[\\u0000-\\u0020]/g, '').toLowerCase();
    if (a.name.startsWith('on') || a.name.startsWith('hx-on') || a.name === 'srcdoc' || a.name === 'hqx' ||
        (a.name === 'style' && (!isMail || value.includes('hqx'))) ||
        (a.name.startsWith('hx-') && /hqx|^js:/.test(value) && a.name !== 'hx-headers') ||
        (/^(href|src|action|formaction|xlink:href|data|poster)$/.test(a.name) &&
         (/^(javascript|vbscript|data:text)/.test(value) || value.includes('//hqx.test')))) { say(e); break; }
  }
  return found;
})
"""
