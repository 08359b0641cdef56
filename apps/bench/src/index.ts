/** What the programs under bench/ use that are no scenario: they start servers and write results as every run does. */

export { Cast } from './measure/cast';
export { describeMachine } from './results/machine';
export { resultPath, writeResult } from './results/result-file';
export { residentBytesOf } from './servers/process-figures';
export { chooseSubjects, ourSubjects, realSubjects } from './servers/subject';
