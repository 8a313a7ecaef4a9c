namespace Hearth.SocketIO.Parser;

/// <summary>Where in a packet's JSON an attachment belongs.</summary>
internal readonly record struct Placeholder(int Start, int Length, int Number);
