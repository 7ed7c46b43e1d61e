/** The letter by which people speak of a version. */
export const letterOf = (place: number): string => String.fromCharCode("A".charCodeAt(0) + place);
