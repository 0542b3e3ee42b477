/** Hidden commands that the scripts call; docker has the same. */
export const COMPLETE = '__complete'
export const COMPLETE_PLAINLY = '__completeNoDesc'
