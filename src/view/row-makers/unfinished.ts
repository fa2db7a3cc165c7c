/** Rows are made of whatever is stored, finished or not: every part of an object may be missing. */
import type { Container } from '../../engine/api/types';

/** An object whose parts, and what is in them, may be missing. */
export type Unfinished<T> = { readonly [K in keyof T]?: Partial<T[K]> };

/** The images of containers. */
export function imagesOf(containers: readonly Pick<Container, 'image'>[] | undefined): string {
  return (containers ?? []).map((container) => container.image ?? '').join(', ');
}
