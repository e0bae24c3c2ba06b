import { createMlHclustLinkage } from "../../../src/cluster/linkage/ml-hclust.ts";
import { describeLinkage } from "../linkage-contract.ts";

describeLinkage("ml-hclust", { open: createMlHclustLinkage, ties: false, mostFaces: 90 });
