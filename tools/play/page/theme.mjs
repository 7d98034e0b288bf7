// Light or dark: as the lesson around the page is, else as the system.
const system = matchMedia("(prefers-color-scheme: dark)");
const lesson = parent === window ? null : parent.document.documentElement;

export function followTheme(changed) {
  const follow = () => {
    const dark = lesson ? lesson.classList.contains("dark") : system.matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    changed();
  };
  follow();
  if (lesson) new MutationObserver(follow).observe(lesson, { attributeFilter: ["class"] });
  else system.addEventListener("change", follow);
}
