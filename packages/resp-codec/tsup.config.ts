import { libraryBuild } from '../../tooling/tsup';

export default libraryBuild();
