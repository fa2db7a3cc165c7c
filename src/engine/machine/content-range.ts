/** A part of a file, for whoever asks for one. Follows ngx_http_range_parse of nginx; of several parts that are asked for at once the whole is given. */

/** What is answered in place of the whole: its status, Content-Range and, of a part, the body. */
export interface Part {
  readonly status: 206 | 416;
  readonly range: string;
  readonly body: string;
}

/** The part that a Range header means; undefined when the whole is to be given. */
export function partOf(header: string | undefined, whole: string): Part | undefined {
  if (!header?.startsWith('bytes=') || header.includes(',')) return undefined;
  const [, from = '', to = ''] = /^bytes= *(\d*) *- *(\d*) *$/.exec(header) ?? [];
  const size = whole.length;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  if ((from === '' && to === '') || start >= end) return { status: 416, range: `bytes */${size}`, body: '' };
  return { status: 206, range: `bytes ${start}-${end - 1}/${size}`, body: whole.slice(start, end) };
}
