/** Under which name it is kept how far somebody came in lessons. By itself: the page's head asks for it before anything else of lessons is there. */
export const PROGRESS = 'lessons';
