/** The foot of the page: the movement. Playing and stepping, what the present step is, and all of time as tracks. */
import { t } from '../../i18n/translate';
import { useSession } from '../state/session';
import { Branches } from './branches';
import { Scrubber } from './scrubber';
import { StepSentence } from './step-sentence';
import './timeline.css';
import { Tracks } from './tracks/tracks';
import { Transport } from './transport';

/** See the header. */
export function Timeline() {
  const ready = useSession((session) => session.ready);
  return (
    <section className="timeline" aria-label={t('timeline.region')} aria-busy={!ready}>
      <Transport />
      <div className="timeline-top">
        <StepSentence />
        <Branches />
      </div>
      <div className="timeline-tracks">
        <Scrubber />
        <Tracks />
      </div>
    </section>
  );
}
