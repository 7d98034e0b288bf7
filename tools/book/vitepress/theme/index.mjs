import theme from "vitepress/theme";
import "katex/dist/katex.min.css";
import "./book.css";
import Play from "./Play.vue";

// Paper cannot be unfolded: folded answers are printed open.
function unfoldInPrint() {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const answer of folded) answer.open = true;
  });
  addEventListener("afterprint", () => {
    for (const answer of folded) answer.open = false;
  });
}

export default {
  extends: theme,
  enhanceApp({ app }) {
    app.component("Play", Play);
    if (!import.meta.env.SSR) unfoldInPrint();
  },
};
