namespace Secrets.Stack;

/// <summary>Sees an item of a hooked stream: answers it, another one in its place, or null to leave it out. What it throws, whoever reads or sends meets.</summary>
public delegate RpcValue? RpcItemHook(RpcValue item);
