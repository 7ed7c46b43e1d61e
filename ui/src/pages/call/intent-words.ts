/** A script's own name for an intent, made readable: "not_interested" as "not interested". */
export const intentWords = (intent: string): string => intent.replaceAll(/[_-]+/g, " ");
