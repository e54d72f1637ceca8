// Small helpers to make elements; texts are never read as markup.

type Children = (Node | string | undefined | false)[];

/** Makes an element with attributes and children; an attribute that is false or undefined is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | boolean | undefined | (() => void)> = {},
  ...children: Children
): HTMLElementTagNameMap[K] {
  const out = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") out.addEventListener(key, value);
    else if (value === true) out.setAttribute(key, "");
    else if (value !== false && value !== undefined) out.setAttribute(key, value);
  }
  out.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return out;
}

export function byID(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element ${id}`);
  return found;
}

/** Fetches JSON; a status that is not 2xx is an error with what the server says. */
export async function getJSON<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) });
  if (!answer.ok) throw new Error(await problemOf(answer));
  return (await answer.json()) as T;
}

/** What a failed answer says, as RFC 9457 has it, or its status. */
export async function problemOf(answer: Response): Promise<string> {
  try {
    const problem = (await answer.json()) as { detail?: string; title?: string };
    return problem.detail ?? problem.title ?? answer.statusText;
  } catch {
    return `${answer.status} ${answer.statusText}`;
  }
}
