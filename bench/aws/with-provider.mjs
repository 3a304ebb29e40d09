import "@secretsource/core";
import "@secretsource/provider-aws";
