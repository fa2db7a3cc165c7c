/** From how far one looks at the drawing, for what is in it. */
import { createContext } from 'react';

/** True when the drawing as a whole is simplified. */
export const Simplified = createContext(false);

/** True when one looks closely. */
export const Near = createContext(false);
