namespace Secrets.Stack;

/// <summary>A connection that acknowledges each small piece at once, for peers that send nothing more until then.</summary>
internal interface IAcknowledging
{
    /// <summary>False once the peer is known to send whole packets without waiting: each acknowledgement costs both sides a packet.</summary>
    bool AcknowledgesAtOnce { get; set; }
}
