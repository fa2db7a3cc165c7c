/** getopts. Follows POSIX.1-2017; what stands before the next letter of a word of several is kept beside OPTIND. */
import type { Builtin } from './builtin';
import { shellKind } from './held-programs';
import { assign } from './processes';
import { writeTo } from './redirects';

const PLACE = 'OPTPOS';

/** See the header. */
export const getopts: Builtin = (running, process, [spec = '', name = '', ...words]) => {
  const args = words.length > 0 ? words : process.args;
  const number = (key: string, otherwise: number): number => Number(process.variables.get(key) || otherwise);
  const goTo = (index: number, place: number): void => {
    assign(process, 'OPTIND', String(index));
    assign(process, PLACE, String(place));
  };
  const index = number('OPTIND', 1);
  // Whoever begins anew does so at the first letter.
  const place = index === 1 && number(PLACE, 1) > (args[0]?.length ?? 0) ? 1 : number(PLACE, 1);
  const word = args[index - 1];
  if (word === undefined || !/^-./.test(word) || word === '--') {
    goTo(word === '--' ? index + 1 : index, 1);
    assign(process, name, '?');
    return 1;
  }
  const letter = word[place] as string;
  const isLast = place + 1 >= word.length;
  const at = letter === ':' ? -1 : spec.indexOf(letter);
  const isQuiet = spec.startsWith(':');
  const refuse = (mark: string, why: string): number => {
    if (isQuiet) assign(process, 'OPTARG', letter);
    else {
      assign(process, 'OPTARG', '');
      writeTo(
        running,
        process,
        2,
        `${
          shellKind(running.host, process) === 'bash'
            ? `${process.name}: ${mark === ':' ? 'option requires an argument' : 'illegal option'} -- ${letter}`
            : why.replace('%', `-${letter}`)
        }\n`,
      );
    }
    assign(process, name, isQuiet ? mark : '?');
    return 0;
  };
  if (at < 0) {
    goTo(isLast ? index + 1 : index, isLast ? 1 : place + 1);
    return refuse('?', 'Illegal option %');
  }
  if (spec[at + 1] !== ':') {
    goTo(isLast ? index + 1 : index, isLast ? 1 : place + 1);
    assign(process, 'OPTARG', '');
    assign(process, name, letter);
    return 0;
  }
  const value = isLast ? args[index] : word.slice(place + 1);
  goTo(isLast && value !== undefined ? index + 2 : index + 1, 1);
  if (value === undefined) return refuse(':', 'No arg for % option');
  assign(process, 'OPTARG', value);
  assign(process, name, letter);
  return 0;
};
