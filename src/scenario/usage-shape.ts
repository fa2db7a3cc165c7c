/** The shapes in which a program says what it uses. */
import { about, DURATION, GROWTH, listOf, objectOf, QUANTITY } from './shape';

const OVER_TIME = about(
  'Usage over time',
  listOf(
    about(
      'From one moment on',
      objectOf({
        from: about('From when, on the clock of the scenario', DURATION),
        usage: about('How much', QUANTITY),
      }),
    ),
  ),
);

const held = (what: string, growth: string) =>
  about(what, objectOf({ base: about('From the start', QUANTITY), growth: about(growth, GROWTH), at: OVER_TIME }));

/** `cpu` of a program. */
export const CPU_SHAPE = about(
  'CPU used',
  objectOf({
    idle: about('At rest', QUANTITY),
    perRequest: about('For each request per second', QUANTITY),
    at: OVER_TIME,
  }),
);

/** `memory` of a program. */
export const MEMORY_SHAPE = held('Memory used', 'How it grows, e.g. 1Mi/s');

/** `disk` of a program. */
export const DISK_SHAPE = held('What it writes to the disk of its node', 'How it grows, e.g. 10Mi/s');

/** `processes` of a program. */
export const PROCESSES_SHAPE = held('How many processes it is; default 1', 'How many more, e.g. 10/s');
