/** As many of the newest commits are followed to their clusters. */
export const followedCommits = 200;
