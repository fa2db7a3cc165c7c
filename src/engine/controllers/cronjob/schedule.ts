/**
 * Which run of a CronJob is due, and when the next one will be. Pure; moments are whole seconds since 1970.
 * Follows pkg/controller/cronjob/utils.go (mostRecentScheduleTime, nextScheduleTime, nextScheduleTimeDuration).
 */
import { nextTime, type Schedule } from '../../api/cron';

/** So many missed runs are worth a warning. */
const MANY = 100;
/** A run is looked for this long after its time, as clocks differ. */
const DELTA_MS = 100;

/** What decides beside the schedule. */
export interface RunClock {
  readonly nowMs: number;
  /** When the last run was scheduled, or the CronJob was made. */
  readonly since: number;
  /** Runs later than this are not made up for. */
  readonly startingDeadlineSeconds: number | undefined;
}

/** The latest run that is due, and how many were before it. */
export interface DueRun {
  /** The moment from which runs are counted. */
  readonly earliest: number;
  readonly dueAt: number | undefined;
  readonly missed: 'none' | 'few' | 'many';
  /** About how many runs are due, the latest included. */
  readonly count: number;
  /** Why the schedule makes no sense. */
  readonly problem?: string;
}

const TOO_CLOSE = 'time difference between two schedules is less than 1 second';

/** The latest run that is due. `withDeadline` leaves out those that are too late. */
export function dueRun(schedule: Schedule, clock: RunClock, withDeadline: boolean): DueRun {
  const now = clock.nowMs / 1000;
  const { since, startingDeadlineSeconds: deadline } = clock;
  const earliest = withDeadline && deadline !== undefined ? Math.max(since, now - deadline) : since;
  const first = nextTime(schedule, Math.floor(earliest));
  const second = first === undefined ? undefined : nextTime(schedule, first);
  const none = { earliest, dueAt: undefined, missed: 'none', count: 0 } as const;
  // Upstream takes a time that never comes for year 1, twice.
  if (first === undefined || second === undefined) return { ...none, problem: TOO_CLOSE };
  if (now < first) return none;
  if (now < second) return { earliest, dueAt: first, missed: 'none', count: 1 };
  const between = second - first;
  if (between < 1) return { ...none, problem: TOO_CLOSE };
  const count = Math.floor((now - first) / between) + 1;
  let dueAt: number | undefined;
  // One interval back, for schedules that are not regular.
  for (let at = nextTime(schedule, first + (count - 2) * between); at !== undefined && at <= now; ) {
    dueAt = at;
    at = nextTime(schedule, at);
  }
  return { earliest, dueAt, missed: count > MANY ? 'many' : 'few', count };
}

/** After how many ms the CronJob has to be looked at again; undefined when there will be no further run. */
export function untilNextRunMs(schedule: Schedule, clock: RunClock): number | undefined {
  const { earliest, dueAt, missed, problem } = dueRun(schedule, clock, false);
  const now = clock.nowMs / 1000;
  const from = problem !== undefined ? now : (dueAt ?? (missed === 'none' ? earliest : now));
  const next = nextTime(schedule, Math.floor(from));
  return next === undefined ? undefined : next * 1000 + DELTA_MS - clock.nowMs;
}
