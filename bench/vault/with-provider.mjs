import "@secretsource/core";
import "@secretsource/provider-vault";
