// Runs in a page that was opened from the disk, where addresses have no root, folders no index, and browsers run no modules: the links
// become relative and end in a file's name, and what only modules can do is hidden by the style of .from-disk.
export function fromDisk(base, up) {
  if (location.protocol !== "file:") return;
  document.documentElement.classList.add("from-disk");
  const relative = (address) => (address.startsWith(base) ? up + address.slice(base.length) : address);
  for (const picture of document.querySelectorAll("img[src]")) picture.setAttribute("src", relative(picture.getAttribute("src")));
  for (const link of document.querySelectorAll('a[href^="/"], a[href^="."]')) {
    const [where, anchor] = relative(link.getAttribute("href")).split("#");
    const file = /(^|\/|\.)$/.test(where) ? `${where.replace(/\/$/, "")}/index.html` : where;
    link.setAttribute("href", anchor ? `${file}#${anchor}` : file);
  }
}
