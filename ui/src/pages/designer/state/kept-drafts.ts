/** Drafts that this browser holds until the server has them. */

export interface KeptDraft<T> {
  content: T;
  revision: number;
}

const key = (scriptId: string): string => `callwright.draft.${scriptId}`;

/** A browser that keeps nothing (private mode, full) is no error: then only what the server has is safe. */
export function keepDraft<T>(scriptId: string, draft: KeptDraft<T>): void {
  try {
    localStorage.setItem(key(scriptId), JSON.stringify(draft));
  } catch {
    return;
  }
}

export function recallDraft<T>(scriptId: string): KeptDraft<T> | null {
  try {
    const text = localStorage.getItem(key(scriptId));
    return text === null ? null : (JSON.parse(text) as KeptDraft<T>);
  } catch {
    return null;
  }
}

export function forgetDraft(scriptId: string): void {
  try {
    localStorage.removeItem(key(scriptId));
  } catch {
    return;
  }
}
