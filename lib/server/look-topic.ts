/** Topic by which any process asks the one that leads to look at the forge again; the id is a number or "". */
export const lookTopic = "look";
