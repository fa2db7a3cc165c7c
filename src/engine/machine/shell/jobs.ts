/**
 * Jobs: what a shell has begun in the background, by number. Without a terminal dash and BusyBox keep no text of a simple command. Follows
 * POSIX.1-2017 (jobs) with the columns of each shell.
 */
import { type Builtin, complain } from './builtin';
import { shellKind } from './held-programs';
import type { Job } from './process-state';
import type { Process, Running } from './processes';
import { writeTo } from './redirects';
import { signalNumber, signalText } from './signals';
import { literal, type Node } from './syntax';

/** A command as bash shows it, where nothing in it is worked out; else nothing. */
export function textOf(node: Node): string {
  if (node.kind === 'pipeline') return node.parts.map(textOf).join(' | ');
  if (node.kind !== 'simple' || node.redirects.length > 0 || node.assigns.length > 0) return '';
  const words = node.words.map(literal);
  return words.includes(undefined) ? '' : words.join(' ');
}

/** Counts a process among the jobs of its shell. */
export function addJob(process: Process, pid: number, body: Node): void {
  const { jobs = [] } = process;
  const parts = body.kind === 'pipeline' ? body.parts.length : 1;
  process.jobs = [...jobs, { number: (jobs.at(-1)?.number ?? 0) + 1, pid, text: textOf(body), parts }];
}

/** The process that `%1`, `%+`, `%-` or `%%` stands for. */
export function pidOfJob({ jobs = [] }: Process, text: string): number {
  const which = text.slice(1);
  if (which === '-') return (jobs.at(-2) ?? jobs.at(-1))?.pid ?? Number.NaN;
  if (/^[+%]?$/.test(which)) return jobs.at(-1)?.pid ?? Number.NaN;
  return jobs.find(({ number }) => String(number) === which)?.pid ?? Number.NaN;
}

const STATE_WIDTH = { bash: 24, other: 27 };

/** How a job stands, and whether it is over. */
function stateOf(running: Running, job: Job, isBash: boolean): string {
  const { exit = 0, endedBy } = running.processes.get(job.pid) ?? {};
  if (running.processes.get(job.pid)?.exit === undefined) return 'Running';
  if (endedBy && exit === 128 + signalNumber(endedBy.signal)) return signalText(endedBy.signal);
  if (exit === 0) return 'Done';
  return isBash ? `Exit ${exit}` : `Done(${exit})`;
}

/** jobs, with -l, -p and -r. What it tells of the end of is forgotten; of that bash has taken note before. */
export const listJobs: Builtin = (running, process, args) => {
  const kind = shellKind(running.host, process);
  const isBash = kind === 'bash';
  const letters = args.join('');
  const isOver = ({ pid }: Job): boolean => running.processes.get(pid)?.exit !== undefined;
  let left = (process.jobs ?? []).filter(({ pid }) => running.processes.has(pid));
  const shown = isBash || letters.includes('r') ? left.filter((job) => !isOver(job)) : left;
  for (const job of isBash ? shown : [...shown].reverse()) {
    const mark = job === left.at(-1) ? '+' : job === left.at(-2) ? '-' : ' ';
    const pid = letters.includes('l') ? `${job.pid} ` : ' ';
    const state = stateOf(running, job, isBash).padEnd(isBash ? STATE_WIDTH.bash : STATE_WIDTH.other);
    const text = isBash ? `${job.text} &` : ' | '.repeat(job.parts - 1);
    const line = `[${job.number}]${kind === 'dash' ? ` ${mark}` : mark} ${kind === 'dash' ? pid.slice(1) : pid}${state}${text}`;
    writeTo(running, process, 1, letters.includes('p') ? `${job.pid}\n` : `${line}\n`);
    if (!isOver(job)) continue;
    running.processes.delete(job.pid);
    left = left.filter((one) => one !== job);
  }
  process.jobs = left;
  return 0;
};

/** fg and bg, which need a terminal. */
export const moveJob: Builtin = (running, process, _args, frame) => {
  const said = (process.jobs ?? []).length === 0 ? 'No current job' : 'job not created under job control';
  return complain(running, process, frame, { busybox: said, dash: said, bash: 'no job control' }, 2);
};
