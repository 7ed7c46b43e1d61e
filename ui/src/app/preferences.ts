type Preference = "language" | "theme" | "menu";

/** What this browser remembers for its person. A browser that keeps nothing (private mode) is no error. */
export function recall(name: Preference): string | null {
  try {
    return localStorage.getItem(`callwright.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: Preference, value: string): void {
  try {
    localStorage.setItem(`callwright.${name}`, value);
  } catch {
    return;
  }
}
