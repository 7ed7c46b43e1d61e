/** A name as scripts and files write it, `last_visit`, in words: for where nothing says it better. */
export const readable = (name: string): string => name.replaceAll(/[_-]+/g, " ").trim();

/** Words as they stand above a field, or before a colon. */
export const asLabel = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** A name as a label, for where nothing says it better. */
export const readableLabel = (name: string): string => asLabel(readable(name));
