export { ManualClock } from './instance/clock';
