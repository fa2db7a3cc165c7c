/**
 * Which options utilities have, and what they say of others: found by trying every letter with BusyBox 1.35 and GNU coreutils 9.1. An option
 * that is known to none of a kind's utilities by its long name is refused by all of them.
 */
import { hint, isBusyBox } from './held-programs';
import { type CommandIo, fail } from './host';

/** `name:letters:letters with an argument:status`, which is 1 when left out. */
const BUSYBOX =
  'ls:acdghiklnprstuvxACFHLQRSX1eKN:wT cat:bentuvA: grep:achilnoqrsvwxzEFHILR:efmABC:2 head:qv:cn tail:fqvF:cns ' +
  'sort:bcdfgimnrsuzMVh:kotST:2 wc:clmwL: cut:nsD:bcdfFO tr:cdsC: uniq:cdiuz:fsw cp:adfilnprsuvHLPRTx:t mv:finvT:t ' +
  'rm:firvR: ln:bfnsvT:S mkdir:pv:m rmdir:pv: touch:acfhm:drt chown:cfhvHLPR: df:ahikmHPTi:tB du:abchklmsxHL:d ' +
  'date:uIR:drsD tee:ai: xargs:eiprtx0o:ansEIP seq:w:s basename:a:s id:gnruG: uname:aimnoprsv: stat:ftL:c readlink:fnqsv: ' +
  'mktemp:dqtu:p md5sum:bcstw: sha256sum:bcstw: base64:di:w nl:p:bisvw tac:: paste:s:d env:i0:u timeout::ks';
const GNU =
  'ls:abcdfghiklmnopqrstuvxABCDFGHLNQRSUXZ1:wIT:2 cat:benstuvAET: grep:abchilnoqrsuvwxyzEFGHILPRTUVZ:defmABCDX:2 ' +
  'head:qvz:cn tail:bflqvzF:cns sort:bcdfghimnrsuzCMRV:kotyST:2 wc:clmwL: cut:nsz:bcdf tr:cdstAC: uniq:cdiuzD:fsw ' +
  'cp:abdfilnprsuvxHLPRTZ:tS mv:bfinuvTZ:tS rm:dfirvIR: ln:bdfinrsvFLPT:tS mkdir:pvZ:m rmdir:pv: touch:acfhm:drt ' +
  'chown:cfhvHLPR: df:ahiklmvHPT:txBF du:abchklmsxDHLPS0:dtBX date:uIR:dfrs sleep:: tee:aip: xargs:eiloprtx0:adnsEILP ' +
  'seq:w:fs basename:az:s dirname:z: id:agnruzGZ: uname:aimnoprsv: stat:ftL:c readlink:efmnqsvz: realpath:emqszLP: ' +
  'mktemp:dqtuV:p md5sum:bctwz: sha256sum:bctwz: base64:di:w nl:p:bdfhilnsvw tac:br:s paste:sz:d env:iv0:uCS:125 ' +
  'timeout:v:ks:125';

/** Long options, but for those that another begins with. BusyBox has those with a plus. */
const LONG = (
  'after-context all+ all-repeated almost-all apparent-size append archive+ arg-file attributes-only author backup basic-regexp ' +
  'batch-size before-context binary-files block-signal block-size body-numbering+ buffer-size byte-offset bytes+ cached ' +
  'canonicalize-existing canonicalize-missing changes+ characters chars chdir check-chars classify color+ colour complement ' +
  'compress-program context copy-contents count-links date+ debug decode default-signal delete delimiters dereference+ ' +
  'dereference-args dereference-command-line-symlink-to-dir dereference-recursive devices dictionary-order directories directory+ ' +
  'dired dry-run+ eof equal-width escape exclude-dir exclude-from exclude-type exit extended-regexp field-separator fields ' +
  'file-system file-type files-with-matches files-without-match files0-from fixed-strings follow footer-numbering force+ foreground ' +
  'format from full-time+ general-numeric-sort group-directories-first+ group-separator groups hardware-platform+ header-numbering ' +
  'help+ hide-control-chars human-numeric-sort human-readable hyperlink ignore-backups ignore-case ignore-environment+ ' +
  'ignore-fail-on-non-empty+ ignore-garbage ignore-interrupts ignore-leading-blanks ignore-missing ignore-nonprinting ignore-signal ' +
  'include indicator-style initial-tab inodes interactive+ invert-match iso-8601 join-blank-lines kernel-name+ kernel-release+ ' +
  'kernel-version+ key kibibytes kill-after label line-buffered line-increment+ line-number line-regexp lines+ link+ ' +
  'list-signal-handling literal local logical machine+ max-args max-chars max-count max-depth max-line-length max-lines max-procs ' +
  'max-unchanged-stats merge mode+ month-sort multiple name no-clobber+ no-create+ no-dereference+ no-filename no-group-separator ' +
  'no-ignore-case no-messages no-newline no-preserve-root no-renumber+ no-run-if-empty+ no-symlinks no-sync no-target-directory+ ' +
  'nodename+ null+ null-data number-format number-nonblank number-separator+ number-width+ numeric-sort numeric-uid-gid ' +
  'one-file-system only-delimited only-matching open-tty operating-system+ output-delimiter output-error parallel parents+ ' +
  'perl-regexp physical pid portability preserve-root preserve-status print-type printf process-slot-var processor+ quiet+ ' +
  'quote-name quoting-style random-sort random-source real recursive+ reference+ reflink+ regexp relative-base relative-to ' +
  'remove-destination+ repeated replace resolution retry reverse rfc-3339 rfc-email section-delimiter separate-dirs separator ' +
  'serial set+ show-all show-control-chars show-ends show-limits show-nonprinting show-tabs signal silent+ size skip-chars ' +
  'skip-fields sleep-interval sort sparse split-string squeeze-blank squeeze-repeats stable starting-line-number+ status strict ' +
  'strip-trailing-slashes suffix summarize symbolic-link+ sync tabsize tag target-directory+ temporary-directory terse text ' +
  'threshold time-style tmpdir+ total truncate-set1 type unique universal unset+ update+ user utc+ verbose+ version+ version-sort ' +
  'warn width with-filename word-regexp words wrap zero-terminated+'
).split(' ');

/** What may have the rest of its word as an argument, or none. */
const OPTIONAL: Readonly<Record<string, string>> = { date: 'I', xargs: 'eil' };
/** They have no option behind their first operand. */
const RUNNERS = ['env', 'timeout', 'xargs'];

type Wrong = { readonly option: string; readonly lacks: boolean };

function wrongIn(
  args: readonly string[],
  name: string,
  flags: string,
  takers: string,
  longs: readonly string[],
): Wrong | undefined {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    if (word === '--') return undefined;
    const isOption = /^-[^\d]/.test(word);
    if (!isOption && RUNNERS.includes(name)) return undefined;
    if (!isOption) continue;
    if (word.startsWith('--')) {
      const [long = ''] = word.slice(2).split('=');
      if (!longs.some((one) => one.startsWith(long))) return { option: `--${long}`, lacks: false };
      continue;
    }
    for (let place = 1; place < word.length; place++) {
      const letter = word[place] as string;
      if (OPTIONAL[name]?.includes(letter)) break;
      if (takers.includes(letter)) {
        if (place < word.length - 1) break;
        at++;
        if (at >= args.length) return { option: letter, lacks: true };
        break;
      }
      if (/[a-z]/i.test(letter) && !flags.includes(letter)) return { option: letter, lacks: false };
    }
  }
  return undefined;
}

/** Says in the words of a utility that it has no such option; its status, or undefined when nothing is wrong. */
export function refuseOptions(args: readonly string[], io: CommandIo, name: string): number | undefined {
  const { base } = io.host;
  if (base === 'any' || base === 'none' || !args.some((one) => one.startsWith('-'))) return undefined;
  const isSmall = isBusyBox(io.host);
  const row = (isSmall ? BUSYBOX : GNU).split(' ').find((one) => one.startsWith(`${name}:`));
  if (row === undefined) return undefined;
  const [, flags = '', takers = '', status = '1'] = row.split(':');
  const wrong = wrongIn(args, name, flags, takers, isSmall ? LONG.filter((one) => one.endsWith('+')) : LONG);
  if (!wrong) return undefined;
  const { option, lacks } = wrong;
  const isLong = option.startsWith('--');
  const why = lacks ? 'option requires an argument' : isLong ? 'unrecognized option' : 'invalid option';
  // Alpine's C library has other words than glibc.
  const inMusl = `${lacks ? why : 'unrecognized option'}: ${option.replace('--', '')}`;
  const said = base === 'alpine' ? inMusl : isLong ? `${why} '${option}'` : `${why} -- '${option}'`;
  const usage = name === 'grep' ? '\nUsage: grep [OPTION]... PATTERNS [FILE]...' : '';
  return fail(io, `${name}: ${said}${isSmall ? '' : `${usage}${hint(name)}`}`, Number(status));
}
