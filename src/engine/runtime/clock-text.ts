/** The cluster's clock as text. One text per second is made and shared by all objects written in it. */
import { formatTimestamp } from '../api/timestamp';

/** See the header. */
export class ClockText {
  private second = -1;
  private text = '';

  /** metav1.Time of a moment in ms since 1970. */
  at(unixMs: number): string {
    const second = Math.floor(unixMs / 1000);
    if (second !== this.second) {
      this.second = second;
      this.text = formatTimestamp(second * 1000);
    }
    return this.text;
  }
}
