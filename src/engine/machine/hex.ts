/** Identifiers that look like the container runtime's: 64 hexadecimal digits, drawn or derived. */
import type { Random } from '../kernel/random';

/** Eight hexadecimal digits of a 32-bit number. */
function hex32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** 64 digits from the component's own stream of chance. */
export function randomHex64(random: Random): string {
  const parts: string[] = [];
  for (let part = 0; part < 8; part++) parts.push(hex32(random.next32()));
  return parts.join('');
}

/** 64 digits that are the same for the same text everywhere (FNV-1a with eight offsets). */
export function textHex64(text: string): string {
  const parts: string[] = [];
  for (let part = 1; part <= 8; part++) {
    let hash = Math.imul(0x811c9dc5, part * 2 + 1);
    for (let index = 0; index < text.length; index++) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    parts.push(hex32(hash));
  }
  return parts.join('');
}
