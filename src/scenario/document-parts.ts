/** A text's documents as they are written. */

/** From mark to mark; each but the first begins with its own, and joined they are the text. */
export const documentParts = (text: string): readonly string[] => text.split(/^(?=---(?:\s|$))/m);

/** Whether a part begins with a mark. */
export const isMarked = (part: string): boolean => /^---(?:\s|$)/.test(part);

/** A part without the line of its mark. */
export const withoutMark = (part: string): string => part.replace(/^---.*\n?/, '');
