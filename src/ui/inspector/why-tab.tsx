/** Why: the causes of the last change and of the object's existence, and what the scheduler weighed. */
import { t } from '../../i18n/translate';
import type { Inspection } from '../../worker/protocol';
import { SchedulingTable } from './scheduling-table';
import { StepList } from './step-list';

/** See the header. */
export function WhyTab({ inspection }: { inspection: Inspection }) {
  const { why, origin, scheduling, exists } = inspection;
  const same = why[0]?.step === origin[0]?.step;
  return (
    <>
      {!same && (
        <section>
          <h3>{t(exists ? 'why.lastChange' : 'why.removed')}</h3>
          <StepList links={why} shape="chain" />
        </section>
      )}
      {scheduling && <SchedulingTable step={scheduling.step} detail={scheduling.detail} />}
      <section>
        <h3>{t('why.exists')}</h3>
        <StepList links={origin} shape="chain" />
      </section>
    </>
  );
}
