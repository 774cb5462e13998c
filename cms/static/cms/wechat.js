/* Copies the article with its dress: the HTML flavour of the clipboard, and its text beside it. */
document.getElementById("wechat-copy").addEventListener("click", async (event) => {
  const button = event.currentTarget;
  const said = document.getElementById("wechat-said");
  const article = document.getElementById("wechat-article");
  try {
    if (navigator.clipboard && window.ClipboardItem) {
      await navigator.clipboard.write([
        new ClipboardItem({
          "text/html": new Blob([article.innerHTML], { type: "text/html" }),
          "text/plain": new Blob([article.innerText], { type: "text/plain" }),
        }),
      ]);
    } else {
      const range = document.createRange();
      range.selectNodeContents(article);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (!document.execCommand("copy")) throw new Error("refused");
      getSelection().removeAllRanges();
    }
    said.textContent = button.dataset.done;
  } catch {
    said.textContent = button.dataset.failed;
  }
});
