/** Every kubectl command there is. Follows kubectl/pkg/cmd/cmd.go. The page's worker loads this after the first graph. */
import type { Command } from './command';
import { annotate } from './commands/annotate';
import { apiResources, apiVersions } from './commands/api-resources';
import { apply } from './commands/apply';
import { attach } from './commands/attach';
import { authCanI, authWhoAmI } from './commands/auth';
import { authReconcile } from './commands/auth-reconcile';
import { autoscale } from './commands/autoscale';
import { clusterInfo } from './commands/cluster-info';
import { clusterInfoDump } from './commands/cluster-info-dump';
import { CONFIG } from './commands/config';
import { cordon, uncordon } from './commands/cordon';
import { cp } from './commands/cp';
import { create } from './commands/create';
import { createClusterRoleBinding, createRoleBinding, createTokenCommand } from './commands/create-binding';
import { createConfigMap } from './commands/create-configmap';
import { createDeployment } from './commands/create-deployment';
import { createIngress } from './commands/create-ingress';
import { createCronJob, createJob } from './commands/create-job';
import {
  createNamespace,
  createPodDisruptionBudget,
  createPriorityClass,
  createQuota,
  createServiceAccount,
} from './commands/create-others';
import { createClusterRole, createRole } from './commands/create-role';
import { CREATE_SECRETS } from './commands/create-secret';
import { CREATE_SERVICES } from './commands/create-service';
import { debug } from './commands/debug';
import { deleteCommand } from './commands/delete';
import { describeCommand } from './commands/describe';
import { diff } from './commands/diff';
import { drain } from './commands/drain';
import { edit } from './commands/edit';
import { events } from './commands/events';
import { exec } from './commands/exec';
import { explain } from './commands/explain';
import { expose } from './commands/expose';
import { get } from './commands/get';
import { label } from './commands/label';
import { logs } from './commands/logs';
import { alpha, NOT_SIMULATED } from './commands/not-simulated';
import { options } from './commands/options';
import { patch } from './commands/patch';
import { portForward, proxy } from './commands/port-forward';
import { replace } from './commands/replace';
import { rolloutHistory } from './commands/rollout-history';
import { rolloutPause, rolloutRestart, rolloutResume } from './commands/rollout-mutate';
import { rolloutStatus } from './commands/rollout-status';
import { rolloutUndo } from './commands/rollout-undo';
import { run } from './commands/run';
import { scale } from './commands/scale';
import { setEnv } from './commands/set-env';
import { setImage } from './commands/set-image';
import { setLastApplied } from './commands/set-last-applied';
import { setSelector, setServiceAccount } from './commands/set-others';
import { setResources } from './commands/set-resources';
import { setSubject } from './commands/set-subject';
import { taint } from './commands/taint';
import { topNode, topPod } from './commands/top';
import { version } from './commands/version';
import { viewLastApplied } from './commands/view-last-applied';
import { wait } from './commands/wait';
import { GROUPS, help } from './help';
import { commandLookup } from './lookup';

/** All commands, by the words that name them. */
export const COMMANDS: readonly Command[] = [
  create,
  createConfigMap,
  createCronJob,
  createDeployment,
  createIngress,
  createJob,
  createNamespace,
  createPodDisruptionBudget,
  createPriorityClass,
  createQuota,
  createServiceAccount,
  createRole,
  createClusterRole,
  createRoleBinding,
  createClusterRoleBinding,
  createTokenCommand,
  authCanI,
  authWhoAmI,
  authReconcile,
  ...CREATE_SECRETS,
  ...CREATE_SERVICES,
  expose,
  run,
  setEnv,
  setImage,
  setResources,
  setSelector,
  setSubject,
  setServiceAccount,
  get,
  debug,
  deleteCommand,
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
  scale,
  autoscale,
  topPod,
  topNode,
  cordon,
  uncordon,
  drain,
  taint,
  describeCommand,
  logs,
  portForward,
  proxy,
  exec,
  attach,
  cp,
  events,
  apply,
  explain,
  viewLastApplied,
  setLastApplied,
  diff,
  edit,
  ...CONFIG,
  clusterInfo,
  clusterInfoDump,
  patch,
  replace,
  wait,
  label,
  annotate,
  apiResources,
  apiVersions,
  version,
  help,
  options,
  ...GROUPS,
  ...NOT_SIMULATED,
  alpha,
];

/** Finds the command of a command line among all there are. */
export const findCommand = commandLookup(COMMANDS);
