/** How `ls -l` shows times. Follows GNU coreutils 9.1 and BusyBox 1.35. */
const HALF_A_YEAR = 15_778_476;

/** The format for what was written so many seconds ago. What is older than half a year, or to come, has its year. */
export function timeFormat(args: readonly string[], ageSeconds: number, isSmall: boolean): string {
  const isOld = ageSeconds < 0 || ageSeconds > HALF_A_YEAR;
  const style = args.includes('--full-time')
    ? 'full-iso'
    : args.find((one) => one.startsWith('--time-style='))?.slice('--time-style='.length);
  if (style?.startsWith('+')) return style.slice(1);
  if (style === 'full-iso') return `%F %T${isSmall ? '' : '.000000000'} +0000`;
  if (style === 'long-iso') return '%F %R';
  if (style === 'iso') return isOld ? '%F ' : '%m-%d %R';
  return isOld ? '%b %e  %Y' : '%b %e %R';
}
