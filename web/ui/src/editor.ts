import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { getJSON } from "./dom";
import { fitting, gizmoWords, inGizmo, inSPARQL, offsetOf, sparqlKeywords, withinString, type Thing, type Word } from "./words";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--good)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--ink)" },
  { tag: [tags.atom, tags.number, tags.bool, tags.labelName], color: "var(--warn)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: ".9rem" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "1px" },
  ".cm-content": { fontFamily: "var(--mono)", caretColor: "var(--ink)", minHeight: "9rem" },
  ".cm-scroller": { fontFamily: "var(--mono)", maxHeight: "26rem" },
  ".cm-gutters": { backgroundColor: "var(--sunk)", color: "var(--soft)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent) 8%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--strong-line)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  // The underline of the library is a picture in a data: address, which the pages' policy refuses.
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad) 2px", textUnderlineOffset: "3px" },
  ".cm-lintPoint-error:after, .cm-lintPoint:after": { borderBottomColor: "var(--bad)" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--bad)" },
  ".cm-completionDetail": { color: "inherit", marginLeft: ".8em" },
  ".cm-completionInfo": { maxWidth: "22rem" },
});

let vocabulary: Promise<{ words: Word[]; prefixes: Record<string, string> }> | undefined;

/**
 * The editor of a query. It lives in a shadow root: there its styles are
 * adopted sheets, which the pages' policy admits, and not elements, which it refuses.
 */
export class Editor {
  private readonly view: EditorView;

  constructor(host: HTMLElement, language: string, text: string, changed: () => void) {
    const root = host.attachShadow({ mode: "open" });
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
          lineNumbers(),
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          language === "gizmo" ? javascript() : StreamLanguage.define(sparql),
          syntaxHighlighting(colours),
          theme,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": language === "gizmo" ? "Gizmo query" : "SPARQL query", spellcheck: "false" }),
          autocompletion({ override: [language === "gizmo" ? completeGizmo : completeSPARQL], activateOnTypingDelay: 120 }),
          EditorView.updateListener.of((update) => update.docChanged && changed()),
        ],
      }),
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  focus(): void {
    this.view.focus();
  }

  /** Underlines a place of the text, given by line and column from 1, or nothing where the line is 0. */
  underline(line: number, column: number, message: string): void {
    if (line < 1) {
      this.view.dispatch(setDiagnostics(this.view.state, []));
      return;
    }
    const at = offsetOf(this.text, line, column || 1);
    const word = /^[\w:?$<>./#-]+/.exec(this.text.slice(at));
    const end = Math.min(this.text.length, at + Math.max(1, word?.[0].length ?? 1));
    const from = Math.min(at, Math.max(0, end - 1));
    this.view.dispatch(setDiagnostics(this.view.state, [{ from, to: end, severity: "error", message }]));
  }
}

async function completeSPARQL(context: CompletionContext): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/[:\p{L}\p{N}_][:\p{L}\p{N}_.-]*/u);
  if (!typed || (typed.text.length < 2 && !context.explicit)) return null;
  if (/[?$<"]$/.test(context.state.sliceDoc(Math.max(0, typed.from - 1), typed.from))) return null;
  const { words, prefixes } = await vocabularyOf();
  const options: Completion[] = fitting(words, typed.text, 30).map((word) => ({
    label: word.word,
    displayLabel: word.word,
    detail: word.label || word.kind,
    type: word.kind,
    ...(word.help ? { info: word.help } : {}),
  }));
  for (const thing of await thingsLike(typed.text)) {
    options.push({ label: inSPARQL(thing.id, prefixes), detail: thing.name ? `${thing.label} (${thing.name})` : thing.label, type: "constant" });
  }
  for (const keyword of sparqlKeywords) {
    if (keyword.toLowerCase().startsWith(typed.text.toLowerCase())) options.push({ label: keyword, type: "keyword", boost: 1 });
  }
  return { from: typed.from, options, filter: false };
}

async function completeGizmo(context: CompletionContext): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/[:\p{L}\p{N}_][:\p{L}\p{N}_.-]*/u);
  if (!typed || (typed.text.length < 2 && !context.explicit)) return null;
  const line = context.state.doc.lineAt(typed.from);
  const quoted = withinString(context.state.sliceDoc(line.from, typed.from));
  const { words } = await vocabularyOf();
  const options: Completion[] = [];
  if (!quoted) {
    for (const word of gizmoWords) {
      const bare = word.replace(/^g\./, "");
      if (bare.toLowerCase().startsWith(typed.text.replace(/^g\./, "").toLowerCase())) options.push({ label: word, type: "function" });
    }
  }
  for (const word of fitting(words, typed.text, 20)) options.push({ label: inGizmo(word.word, quoted), detail: word.label || word.kind, type: word.kind });
  for (const thing of await thingsLike(typed.text)) options.push({ label: inGizmo(thing.id, quoted), detail: thing.label, type: "constant" });
  return { from: typed.from, options, filter: false };
}

function vocabularyOf(): Promise<{ words: Word[]; prefixes: Record<string, string> }> {
  vocabulary ??= getJSON<{ words: Word[]; prefixes: Record<string, string> }>("/query/words.json");
  return vocabulary;
}

async function thingsLike(text: string): Promise<Thing[]> {
  const words = text.replace(/^[a-z]*:/, "");
  if (words.length < 2) return [];
  return getJSON<Thing[]>(`/search.json?typing=1&q=${encodeURIComponent(words)}`).catch(() => []);
}
