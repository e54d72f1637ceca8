// The address of a page holds the whole view. Fields of a form and parameters
// of the address are the same thing; what is empty is left out.

/** The parameters that a form would submit, without empty ones, in its order. */
export function parametersOf(entries: Iterable<[string, FormDataEntryValue]>): URLSearchParams {
  const out = new URLSearchParams();
  for (const [name, value] of entries) {
    if (typeof value === "string" && value.trim() !== "") out.append(name, value.trim());
  }
  return out;
}

/** The parameters with one value of a name added, or taken away where it was there. */
export function toggled(parameters: URLSearchParams, name: string, value: string): URLSearchParams {
  const out = new URLSearchParams(parameters);
  if (out.getAll(name).includes(value)) out.delete(name, value);
  else out.append(name, value);
  return out;
}

/** The parameters with a name set to values; none removes it. */
export function having(parameters: URLSearchParams, name: string, ...values: string[]): URLSearchParams {
  const out = new URLSearchParams(parameters);
  out.delete(name);
  for (const value of values) out.append(name, value);
  return out;
}

/** An address for people: IRIs and prefixed names stay readable. */
export function address(path: string, parameters: URLSearchParams): string {
  const query = parameters.toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%40", "@").replaceAll("%7E", "~");
  return query === "" ? path : `${path}?${query}`;
}
