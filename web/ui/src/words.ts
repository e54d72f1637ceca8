// What an editor can complete, and how it is written in each language.

export interface Word {
  word: string; // as in SPARQL: :memberOf
  label: string;
  kind: string;
  help?: string;
}

export interface Thing {
  id: string;
  label: string;
  class?: string;
  name?: string;
}

export const sparqlKeywords = (
  "SELECT DISTINCT CONSTRUCT ASK DESCRIBE WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER EXISTS BIND VALUES SERVICE " +
  "ORDER BY ASC DESC GROUP HAVING LIMIT OFFSET AS COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT IF COALESCE BOUND REGEX STR LANG DATATYPE " +
  "CONTAINS STRSTARTS STRENDS LCASE UCASE YEAR MONTH DAY NOW IN NOT PREFIX BASE isIRI isLiteral"
).split(" ");

export const gizmoWords = (
  "g.V( g.M( g.Emit( All() GetLimit( Count() Out( In( Both( Has( HasR( Is( Tag( Back( Save( SaveR( Intersect( Union( Except( Unique() " +
  "Filter( Follow( FollowR( FollowRecursive( OutPredicates() InPredicates() LabelContext( Labels() Limit( Skip( Order() ToArray() ForEach("
).split(" ");

/** A node's id as SPARQL has it: a prefixed name where it is one, else its IRI in brackets. */
export function inSPARQL(id: string, prefixes: Record<string, string>): string {
  const at = id.indexOf(":");
  const prefix = id.slice(0, at);
  const local = id.slice(at + 1);
  const namespace = prefixes[prefix];
  if (namespace === undefined) return `<${id}>`;
  return /^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u.test(local) ? id : `<${namespace}${local}>`;
}

/** A word or node as Gizmo has it: a string, without quotes where they are there. */
export function inGizmo(word: string, quoted: boolean): string {
  const bare = word.startsWith(":") ? word.slice(1) : word;
  return quoted ? bare : JSON.stringify(bare);
}

/** Whether a place in a line of a script is within a string. */
export function withinString(before: string): boolean {
  let quote = "";
  for (let i = 0; i < before.length; i++) {
    const c = before[i]!;
    if (c === "\\") i++;
    else if (quote === "" && (c === '"' || c === "'" || c === "`")) quote = c;
    else if (c === quote) quote = "";
  }
  return quote !== "";
}

/** The words of the schema that fit what was typed, by name or by label; those that begin so come first. */
export function fitting(words: Word[], typed: string, most: number): Word[] {
  const wanted = typed.replace(/^:/, "").toLowerCase();
  const rank = (word: Word): number => {
    const name = word.word.slice(1).toLowerCase();
    const label = word.label.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (label.startsWith(wanted)) return 1;
    if (label.split(" ").some((part) => part.startsWith(wanted))) return 2;
    return name.includes(wanted) ? 3 : 4;
  };
  return words
    .map((word) => ({ word, rank: rank(word) }))
    .filter((fit) => fit.rank < 4)
    .sort((a, b) => a.rank - b.rank || a.word.word.length - b.word.word.length || (a.word.word < b.word.word ? -1 : 1))
    .slice(0, most)
    .map((fit) => fit.word);
}

/** The offset of a place that is given by line and column, both from 1; the column counts code points. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split("\n");
  let offset = 0;
  for (let i = 0; i < Math.min(line - 1, lines.length - 1); i++) offset += lines[i]!.length + 1;
  const points = [...(lines[Math.min(line, lines.length) - 1] ?? "")];
  return offset + points.slice(0, Math.max(0, column - 1)).join("").length;
}
