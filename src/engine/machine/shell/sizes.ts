/** Sizes of files and disks as people are shown them. Follows BusyBox and GNU coreutils. */
import { isBusyBox } from './held-programs';
import type { CommandIo } from './host';

/** Bytes with a unit, as BusyBox has them. */
export function humanSize(bytes: number): string {
  const [value, unit] = scaled(bytes);
  return unit === '' ? String(bytes) : `${value.toFixed(1)}${unit}`;
}

function scaled(bytes: number): [value: number, unit: string] {
  let [value, unit] = [bytes, 0];
  for (; value >= 1024 && unit < 4; unit++) value /= 1024;
  return [value, ' KMGT'[unit]?.trim() ?? ''];
}

/** What `ls -h`, `df -h` and `du -h` say of a size: GNU's round up, to whole units from ten on. */
export function shownSize(bytes: number, { host }: Pick<CommandIo, 'host'>): string {
  const [value, unit] = scaled(bytes);
  if (isBusyBox(host) || unit === '') return humanSize(bytes);
  const tenths = Math.ceil(value * 10) / 10;
  return `${tenths < 10 ? tenths.toFixed(1) : Math.ceil(value)}${unit}`;
}
