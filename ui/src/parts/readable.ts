/** A name as scripts and files write it, `last_visit`, in words: for where nothing says it better. */
export const readable = (name: string): string => name.replaceAll(/[_-]+/g, " ").trim();

/** The same as a label begins. */
export const readableLabel = (name: string): string => {
  const words = readable(name);
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
};
