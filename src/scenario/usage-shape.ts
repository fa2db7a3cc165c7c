/** The shapes in which a program says what it uses. */
import { about, DURATION, GROWTH, listOf, objectOf, QUANTITY, type Shape } from './shape';

const usageAt = <T>(value: Shape<T>) =>
  about(
    'Usage over time',
    listOf(
      about(
        'From one moment on',
        objectOf({ from: about('From when, on the clock of the scenario', DURATION), usage: about('How much', value) }),
      ),
    ),
  );

/** `cpu` of a program. */
export const CPU_SHAPE = about(
  'CPU used',
  objectOf({
    idle: about('At rest', QUANTITY),
    perRequest: about('For each request per second', QUANTITY),
    at: usageAt(QUANTITY),
  }),
);

/** `memory` of a program. */
export const MEMORY_SHAPE = about(
  'Memory used',
  objectOf({
    base: about('From the start', QUANTITY),
    growth: about('How it grows, e.g. 1Mi/s', GROWTH),
    at: usageAt(QUANTITY),
  }),
);

/** `disk` of a program. */
export const DISK_SHAPE = about(
  'What it writes to the disk of its node',
  objectOf({
    base: about('From the start', QUANTITY),
    growth: about('How it grows, e.g. 10Mi/s', GROWTH),
    at: usageAt(QUANTITY),
  }),
);

/** `processes` of a program. */
export const PROCESSES_SHAPE = about(
  'How many processes it is; default 1',
  objectOf({
    base: about('From the start', QUANTITY),
    growth: about('How many more, e.g. 10/s', GROWTH),
    at: usageAt(QUANTITY),
  }),
);
