/** Whether a click is the second of a double one, or a later one, and was meant with the first. */
export const isAgain = ({ detail }: { detail: number }): boolean => detail > 1;
